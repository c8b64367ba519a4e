package io.bindery.bind;

import io.bindery.error.BinderyException;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tries databases with one connection each, beside all pools. Nothing that serves is touched and
 * nothing is remembered. The methods return when the database has answered or its time is over, a
 * few seconds more than {@code pool.connectionTimeout} at most; they may be called from any thread.
 */
@ProviderType
public interface BindTrials {
  /**
   * Tries the newest configuration of a bind, whatever state the bind is in.
   *
   * @param key the bind key
   * @param changes settings to lay over the configured ones; perhaps none
   * @throws BinderyException CONFIGURATION when there is no such bind
   */
  BindTrial ofBind(String key, Map<String, String> changes);

  /**
   * Tries settings as they would stand in a bind's file, with the host-wide values under them.
   *
   * @param settings such as {@code url}
   */
  BindTrial ofSettings(Map<String, String> settings);
}
