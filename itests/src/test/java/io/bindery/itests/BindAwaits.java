package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.testing.PackedHost;
import java.time.Duration;

/** Waits until a packed host says of a bind what it should. */
record BindAwaits(PackedHost host, Duration limit) {
  /** Waits until the reason why a bind cannot be used holds a part. */
  void why(String key, String part) {
    await()
        .atMost(limit)
        .untilAsserted(() -> assertThat(host.exec("bind:why", key).out()).contains(part));
  }

  void up(String key) {
    await()
        .atMost(limit)
        .untilAsserted(
            () -> assertThat(host.exec("bind:show", key).out()).containsPattern("state +up"));
  }
}
