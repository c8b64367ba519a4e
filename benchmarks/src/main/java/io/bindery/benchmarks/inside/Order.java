package io.bindery.benchmarks.inside;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A row of orders. */
public record Order(
    int id, @Nullable String email, BigDecimal amount, String status, LocalDateTime orderedAt) {}
