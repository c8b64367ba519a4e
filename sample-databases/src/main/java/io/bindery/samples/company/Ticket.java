package io.bindery.samples.company;

import java.time.LocalDateTime;

/**
 * A row of {@code tickets}.
 *
 * @param status {@code open}, {@code pending} or {@code closed}
 */
public record Ticket(int id, String email, String subject, String status, LocalDateTime openedAt) {}
