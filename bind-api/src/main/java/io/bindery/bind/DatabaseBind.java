package io.bindery.bind;

import io.bindery.error.BinderyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One named, configured database. Every configured key is a registered service of this type, in
 * every state, and stays the same object while the generations behind it change. From its first
 * valid generation on the object is registered as a {@link javax.sql.DataSource} too. All methods
 * may be called from any thread.
 */
@ProviderType
public interface DatabaseBind {
  /** Service property: the unique name of the bind, a String. */
  String KEY = "bind.key";

  /** Service property: the name of the bind type, a String; absent while it is not known. */
  String TYPE = "bind.type";

  /** Service property: the state as {@link BindState#word()}. */
  String STATE = "bind.state";

  /** Service property: why the bind is not up, one line, a String. */
  String REASON = "bind.reason";

  /** Service property: the number of the serving generation, a Long; 0 before the first. */
  String GENERATION = "bind.generation";

  /** Service property: why the newest configuration is refused; absent when it is not. */
  String REJECTED = "bind.rejected";

  /** Prefix of the service properties that an operator gave, each a String. */
  String LABEL_PREFIX = "label.";

  /** The key of the bind that a model without a filter uses. */
  String DEFAULT_KEY = "default";

  /** The factory PID whose configurations are binds. */
  String FACTORY_PID = "bindery.bind";

  /** The bind key. */
  String key();

  /** What the bind says of itself now. Reads memory only. */
  BindStatus status();

  /** The number of the last generation, as {@link #status()} has it; 0 before the first. Cheap. */
  default long generation() {
    return status().generation();
  }

  /** The settings as they are in force, for people. Reads memory only. */
  List<BindSetting> settings();

  /** The recorder of the bind's statements; off, and free of cost, unless somebody turns it on. */
  StatementRecorder statements();

  /**
   * Pins the current generation, which then stays open until the lease is closed or the drain
   * timeout of the generation has passed. Opens no connection.
   *
   * @param timeout how long to wait while the bind is starting or its type is being replaced
   * @return a lease that the caller must close
   * @throws BinderyException UNAVAILABLE, at once, when the bind is down, suspended, or waits for a
   *     secret, and after the timeout when it is still starting or waits for its type;
   *     CONFIGURATION when it is invalid. The message names the bind and the cause.
   * @throws BindRemovedException when the bind is no longer configured
   */
  BindLease acquire(Duration timeout);

  /**
   * Takes the bind out of service until {@link #resume()}. It stays registered, in the state {@link
   * BindState#SUSPENDED}; calls fail at once. Running work may finish within the drain timeout, is
   * stopped then, and the connections are closed. A changed configuration is checked and waits. It
   * is not remembered when the host ends. Does nothing to a bind that is suspended.
   *
   * @return done when no connection is left
   * @throws BindRemovedException when the bind is no longer configured
   */
  CompletionStage<Void> suspend();

  /**
   * Takes a suspended bind back: makes a generation of the newest configuration. Does nothing to
   * another bind.
   *
   * @return done when {@link #status()} tells what came of it
   * @throws BindRemovedException when the bind is no longer configured
   */
  CompletionStage<Void> resume();
}
