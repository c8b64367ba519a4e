package io.bindery.models.sakila;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A payment.
 *
 * @param country the country's English name, or null when it is not known
 * @param amount what was paid, in US dollars
 */
record Payment(@Nullable String country, BigDecimal amount) {}
