package io.bindery.bind.pool.internal.life;

import io.bindery.bind.spi.BindType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The generations of a bind that serve no more and are not closed yet. Safe for all threads. */
final class LeavingGenerations {
  private final Map<Generation, CompletableFuture<Void>> closing = new ConcurrentHashMap<>();

  /** Lets a generation finish its work and closes it then. */
  void retire(Generation old) {
    CompletableFuture<Void> closed = old.pool().retire(old.number());
    closing.put(old, closed);
    closed.whenComplete((done, failure) -> closing.remove(old));
  }

  /** Done when those are closed that are leaving now. */
  CompletableFuture<Void> closed() {
    return closed(generation -> true);
  }

  /** Done when those of a type are closed that are leaving now. */
  CompletableFuture<Void> closed(BindType type) {
    return closed(generation -> generation.type() == type);
  }

  private CompletableFuture<Void> closed(Predicate<Generation> which) {
    return CompletableFuture.allOf(
        closing.entrySet().stream()
            .filter(each -> which.test(each.getKey()))
            .map(Map.Entry::getValue)
            .toArray(CompletableFuture[]::new));
  }
}
