package io.bindery.bind;

/**
 * What happened on a bind since it was configured, or since the host was started. Numbers only
 * grow.
 *
 * @param generations generations that served
 * @param opened connections that the pools opened
 * @param failedConnects attempts to connect, by pools and probes, that found no database
 * @param failedLogins attempts, by pools and probes, that the database refused
 * @param borrowed connections that were handed out
 * @param timeouts callers that got no connection within the pool's connectionTimeout, as all were
 *     in use
 * @param killed connections whose work was stopped, by a caller or at the end of a drain timeout
 * @param drained pools that were replaced, suspended or removed, and closed after their work
 */
public record BindCounters(
    long generations,
    long opened,
    long failedConnects,
    long failedLogins,
    long borrowed,
    long timeouts,
    long killed,
    long drained) {
  /** Nothing has happened yet. */
  public static final BindCounters NONE = new BindCounters(0, 0, 0, 0, 0, 0, 0, 0);
}
