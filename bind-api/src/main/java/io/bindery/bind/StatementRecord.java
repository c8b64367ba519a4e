package io.bindery.bind;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement that a bind ran.
 *
 * @param bindKey the bind that ran it
 * @param generation the number of the generation
 * @param sql the statement in one line, its parameters as the placeholders that they are
 * @param parameters what stands for each placeholder, in order: the value when values were asked
 *     for, else the name of its class
 * @param start when it was handed to the database
 * @param duration from {@code start} until the database answered; not the reading of the rows
 * @param reading from the answer until the result was closed, the caller's own work on the rows
 *     included; null when there was no result to read
 * @param rows how many rows were read; null when there was no result to read
 * @param updated how many rows it changed; null when that was not asked for
 * @param error why it failed, in one line without secrets, or null
 * @param doing what the statement was part of, such as {@code mapper method 'CustomerMapper.byId'},
 *     or null when nobody said
 * @param place the class, method and line of the caller's code, such as {@code
 *     com.acme.Report.print:42}, or null when there is none on the thread's stack
 */
public record StatementRecord(
    String bindKey,
    long generation,
    String sql,
    List<String> parameters,
    Instant start,
    Duration duration,
    @Nullable Duration reading,
    @Nullable Long rows,
    @Nullable Long updated,
    @Nullable String error,
    @Nullable String doing,
    @Nullable String place) {

  /** Copies the parameters. */
  public StatementRecord {
    parameters = List.copyOf(parameters);
  }

  /** When the database answered: {@code start} and {@code duration}. */
  public Instant end() {
    return start.plus(duration);
  }
}
