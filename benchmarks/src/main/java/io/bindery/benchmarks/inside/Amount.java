package io.bindery.benchmarks.inside;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What of an order is summed up. */
public record Amount(@Nullable String email, BigDecimal amount) {}
