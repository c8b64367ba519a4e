package io.bindery.bind.pool.internal.life;

import io.bindery.bind.spi.BindType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The generations of a bind that serve no more and are not closed yet. Safe for all threads. */
final class LeavingGenerations {
  private final Map<Generation, CompletableFuture<Void>> closing = new ConcurrentHashMap<>();

  /** Lets a generation finish its work and closes it then. */
  void retire(Generation old) {
    CompletableFuture<Void> closed = old.pool().retire(old.number());
    closing.put(old, closed);
    closed.whenComplete((done, failure) -> closing.remove(old));
  }

  /** Done when those of a type (null: of any) are closed that are leaving now. */
  CompletableFuture<Void> closed(@Nullable BindType type) {
    return CompletableFuture.allOf(
        closing.entrySet().stream()
            .filter(each -> type == null || each.getKey().type() == type)
            .map(Map.Entry::getValue)
            .toArray(CompletableFuture[]::new));
  }
}
