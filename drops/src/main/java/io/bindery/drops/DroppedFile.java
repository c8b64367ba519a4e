package io.bindery.drops;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file in a watched folder.
 *
 * @param path where it is
 * @param target what it became: a configuration's PID or a bundle's symbolic name and version; null
 *     when it became nothing
 * @param problem what is wrong with it and what to do, in one line without secrets; null when all
 *     is well
 */
public record DroppedFile(Path path, @Nullable String target, @Nullable String problem) {}
