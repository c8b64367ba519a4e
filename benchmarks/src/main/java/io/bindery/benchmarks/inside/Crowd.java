package io.bindery.benchmarks.inside;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/** Clients that ask for customers at the same time, each in a closed loop. */
public final class Crowd {
  private Crowd() {}

  /** A question. */
  public interface Question {
    /**
     * Asks.
     *
     * @param email of the customer
     * @return the answer as a line
     */
    String ask(String email) throws Exception;
  }

  /**
   * Asks for each e-mail once, shared among the clients.
   *
   * @return a sum over all answers, whatever their order, by which contenders are compared
   */
  public static long ask(List<String> emails, int clients, Question question) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int first = i;
        work.add(() -> each(emails, first, clients, question));
      }
      long sum = 0;
      for (Future<Long> part : threads.invokeAll(work)) {
        sum += part.get();
      }
      return sum;
    } finally {
      threads.shutdown();
    }
  }

  private static long each(List<String> emails, int first, int step, Question question)
      throws Exception {
    long sum = 0;
    for (int i = first; i < emails.size(); i += step) {
      CRC32 crc = new CRC32();
      crc.update(question.ask(emails.get(i)).getBytes(StandardCharsets.UTF_8));
      sum += crc.getValue();
    }
    return sum;
  }
}
