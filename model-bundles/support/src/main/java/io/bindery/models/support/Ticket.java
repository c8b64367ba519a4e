package io.bindery.models.support;

import java.time.LocalDateTime;

/**
 * A request for help.
 *
 * @param id the number in its database
 * @param email the address of who asked
 * @param subject what it is about
 * @param status a word such as {@code open}
 * @param openedAt when it came in
 */
record Ticket(int id, String email, String subject, String status, LocalDateTime openedAt) {}
