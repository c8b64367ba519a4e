package io.bindery.shell.internal;

import io.bindery.bind.StatementRecord;
import io.bindery.bind.StatementRecorder;
import java.time.Duration;
import java.util.List;

/** A recorder that holds what a test puts in, and remembers how it was started. */
final class FakeRecorder implements StatementRecorder {
  volatile List<StatementRecord> records = List.of();
  volatile String started = "";
  volatile boolean on;

  @Override
  public void start(int capacity, Duration howLong, boolean values) {
    started = capacity + " " + howLong + " " + values;
    on = true;
  }

  @Override
  public void stop() {
    on = false;
  }

  @Override
  public boolean isOn() {
    return on;
  }

  @Override
  public List<StatementRecord> records() {
    return records;
  }
}
