package io.bindery.models.shop;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param id the number in its database
 * @param email the customer's address, or null for a sale over the counter
 * @param amount what it cost, in the shop's currency
 * @param status a word such as {@code paid}
 * @param orderedAt when it was made
 */
record Order(
    int id, @Nullable String email, BigDecimal amount, String status, LocalDateTime orderedAt) {}
