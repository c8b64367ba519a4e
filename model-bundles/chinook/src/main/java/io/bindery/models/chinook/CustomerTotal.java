package io.bindery.models.chinook;

import java.math.BigDecimal;

/**
 * What a customer has paid altogether.
 *
 * @param id the customer's number
 * @param name first and last name
 * @param total the sum, in US dollars
 */
record CustomerTotal(int id, String name, BigDecimal total) {}
