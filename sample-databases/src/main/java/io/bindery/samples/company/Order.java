package io.bindery.samples.company;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code orders}.
 *
 * @param email null for guests who left none
 * @param amount two decimals; 0.00 for samples sent free of charge
 * @param status {@code paid}, {@code shipped}, {@code cancelled} or {@code refunded}
 */
public record Order(
    int id, @Nullable String email, BigDecimal amount, String status, LocalDateTime orderedAt) {}
