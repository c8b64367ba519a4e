package io.bindery.bind.spi;

import java.sql.SQLException;

/** What an error of a driver means for the bind, and what a person can do about it. */
public enum FailureKind {
  /** The host's name has no address. */
  UNKNOWN_HOST("check the host name and how this machine resolves names"),
  /** Nothing listens there, or there is no way there. */
  REFUSED("check host and port, or the unix socket, and that the server runs and listens there"),
  /** There was no answer in time: the server hangs, or something between swallows what is sent. */
  UNANSWERED("check that the server is not stuck and that no firewall drops its packets"),
  /** A connection that stood is gone. */
  BROKEN("the server or something between closed it: look into the server's log"),
  /** Client and server cannot agree on TLS, or one does not trust the other's certificate. */
  TLS("check the certificates and the TLS settings of both sides"),
  /**
   * The database refuses the user or the password. From a statement on a connection that stands it
   * means what {@link #QUERY} means.
   */
  DENIED("check user and password, and that the server lets this user in from here"),
  /** There is no database of that name. From a statement it means what {@link #QUERY} means. */
  NO_DATABASE("create the database or correct its name"),
  /** The server, or the user's account, has no connection left. */
  TOO_MANY_CONNECTIONS("lower pool.maximumPoolSize of its clients or raise the server's limit"),
  /** A statement that writes met a server that only reads, such as a primary that was replaced. */
  READ_ONLY(
      "write to the primary; after a failover try again, as new connections go to where the host"
          + " name leads now"),
  /** The database is away for another reason: it starts, stops, or refuses all connections. */
  UNAVAILABLE("look into the server's log"),
  /** The time allowed for a statement ran out, or the statement was killed. */
  TIMEOUT("allow more time or ask for less"),
  /** The statement is wrong or not allowed; the database is well. */
  QUERY("");

  private final String remedy;

  FailureKind(String remedy) {
    this.remedy = remedy;
  }

  /** What a person can do, in a few words without a full stop; empty when the error says it all. */
  public String remedy() {
    return remedy;
  }

  /**
   * What an error means. The type is asked first for its server's own codes; then the causes are
   * looked at, which are the same for every driver (no such host, refused, no answer in time,
   * broken, TLS); then the SQLSTATE classes of the standard.
   *
   * @param failure what a driver threw, not only an {@link SQLException}
   * @param type the type that the driver belongs to
   */
  public static FailureKind of(Throwable failure, BindType type) {
    FailureKind own = failure instanceof SQLException sql ? type.classify(sql) : null;
    if (own != null) {
      return own;
    }
    FailureKind network = NetworkFailure.kind(failure);
    return network == null ? StandardState.kind(failure) : network;
  }
}
