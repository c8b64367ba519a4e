package io.bindery.benchmarks.inside;

import java.time.LocalDateTime;

/** A row of tickets. */
public record Ticket(int id, String email, String subject, String status, LocalDateTime openedAt) {}
