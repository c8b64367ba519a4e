package io.bindery.models.chinook;

import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param id the number in its database
 * @param name first and last name
 * @param email the address, or null when there is none
 * @param country the country's English name, or null when it is not known
 */
record Customer(int id, String name, @Nullable String email, @Nullable String country) {}
