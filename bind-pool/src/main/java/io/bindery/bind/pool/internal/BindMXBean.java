package io.bindery.bind.pool.internal;

import org.jspecify.annotations.Nullable;

/** A bind as JMX shows it: its status and its counters, none of it secret. */
public interface BindMXBean {
  /** The bind key. */
  String getKey();

  /** The bind type's name, or null while it is not known. */
  @Nullable String getType();

  /** The state in lower case. */
  String getState();

  /** Why it is not up; empty when there is nothing to say. */
  String getReason();

  /** Why the newest configuration is refused, or null. */
  @Nullable String getRejected();

  /** Where the database is, or null while that is not known. */
  @Nullable String getUrl();

  /** The number of the serving generation. */
  long getGeneration();

  /** Connections that work now. */
  int getActiveConnections();

  /** Connections that wait to be used. */
  int getIdleConnections();

  /** Callers that wait for a connection. */
  int getWaitingCallers();

  /** The most connections that the pool may hold. */
  int getMaximumConnections();

  /** Generations that served. */
  long getGenerations();

  /** Connections that were opened. */
  long getOpenedConnections();

  /** Attempts to connect that found no database. */
  long getFailedConnects();

  /** Attempts that the database refused. */
  long getFailedLogins();

  /** Connections that were handed out. */
  long getBorrowedConnections();

  /** Callers that got no connection in time. */
  long getTimeouts();

  /** Connections whose work was stopped. */
  long getKilled();

  /** Pools that were closed after their work. */
  long getDrainedPools();
}
