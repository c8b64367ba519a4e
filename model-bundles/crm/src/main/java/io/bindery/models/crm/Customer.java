package io.bindery.models.crm;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param id the number in its database
 * @param name the full name
 * @param email the address, unique in its database
 * @param country the country's English name, or null when it is not known
 * @param createdAt when the customer was entered
 */
public record Customer(
    int id, String name, String email, @Nullable String country, LocalDateTime createdAt) {}
