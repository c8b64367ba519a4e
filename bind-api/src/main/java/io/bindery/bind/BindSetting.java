package io.bindery.bind;

/**
 * One setting of a bind as a person may see it.
 *
 * @param name its key in the configuration
 * @param value its value; placeholders unresolved, secrets as {@code [REDACTED]}
 * @param origin the file that it came from, {@code default}, or {@code ConfigAdmin}
 */
public record BindSetting(String name, String value, String origin) {}
