package io.bindery.models.shop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a customer that have one status.
 *
 * @param email the customer's address, or null for sales over the counter
 * @param status a word such as {@code paid}
 * @param orders how many there are
 * @param total what they cost, in the shop's currency
 */
record CustomerOrders(@Nullable String email, String status, long orders, BigDecimal total) {}
