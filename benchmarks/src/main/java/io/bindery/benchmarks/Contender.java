package io.bindery.benchmarks;

import java.nio.file.Path;

/** Somebody who does the work in a process of its own. */
interface Contender extends AutoCloseable {
  String name();

  long pid();

  /**
   * Does it once.
   *
   * @param path the file or folder to write to; for look-ups the file to read the e-mails from
   */
  Answer work(Workload workload, Path path) throws Exception;

  /**
   * How it went.
   *
   * @param nanos from the question to the last byte of the answer
   * @param sum over the answers of look-ups, else 0
   */
  record Answer(long nanos, long sum) {
    static Answer parse(String line) {
      String[] parts = line.strip().split(" ");
      return new Answer(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
  }

  @Override
  void close();
}
