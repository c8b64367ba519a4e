package io.bindery.shell.internal;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindLease;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.PoolCounters;
import io.bindery.bind.StatementRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A bind that is what a test says. */
final class FakeBind implements DatabaseBind {
  volatile BindStatus status;
  volatile List<BindSetting> settings = List.of();
  final FakeRecorder statements = new FakeRecorder();

  FakeBind(BindStatus status) {
    this.status = status;
  }

  static FakeBind up(String key) {
    return new FakeBind(status(key, BindState.UP, "", 1, null));
  }

  static BindStatus status(
      String key, BindState state, String reason, long generation, @Nullable String rejected) {
    return new BindStatus(
        key,
        "mysql",
        state,
        reason,
        generation,
        rejected,
        "mysql://127.0.0.1:3306/" + key,
        Map.of("role", key),
        generation == 0 ? null : new PoolCounters(0, 2, 0, 10),
        new BindCounters(generation, 4, 1, 0, 17, 0, 2, 0));
  }

  @Override
  public String key() {
    return status.key();
  }

  @Override
  public BindStatus status() {
    return status;
  }

  @Override
  public List<BindSetting> settings() {
    return settings;
  }

  @Override
  public StatementRecorder statements() {
    return statements;
  }

  @Override
  public BindLease acquire(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> suspend() {
    status =
        status(
            key(),
            BindState.SUSPENDED,
            "held; bind:resume crm takes it back",
            status.generation(),
            null);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> resume() {
    status = status(key(), BindState.UP, "", status.generation() + 1, null);
    return CompletableFuture.completedFuture(null);
  }
}
