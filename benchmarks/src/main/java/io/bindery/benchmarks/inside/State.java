package io.bindery.benchmarks.inside;

/** What of a ticket is counted. */
public record State(String email, String status) {}
