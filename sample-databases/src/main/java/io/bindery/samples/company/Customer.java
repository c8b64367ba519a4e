package io.bindery.samples.company;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code customers}.
 *
 * @param country null for customers who never told
 * @param createdAt to the second; several customers may share one
 */
public record Customer(
    int id, String name, String email, @Nullable String country, LocalDateTime createdAt) {}
