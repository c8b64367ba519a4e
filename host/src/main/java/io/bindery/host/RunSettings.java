package io.bindery.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a host runs.
 *
 * @param home its home, absolute
 * @param profile the active profile, or null
 * @param secrets the secrets folder, or null for the usual one
 * @param version Bindery's version
 */
record RunSettings(Path home, @Nullable String profile, @Nullable Path secrets, String version) {}
