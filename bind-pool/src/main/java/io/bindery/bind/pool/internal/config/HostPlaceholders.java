package io.bindery.bind.pool.internal.config;

import io.bindery.error.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads placeholders from the process' environment, the framework and the secrets folder. */
public final class HostPlaceholders implements PlaceholderLookup {
  private static final long MAX_SECRET_BYTES = 65_536;

  private final Map<String, String> environment;
  private final Function<String, @Nullable String> properties;
  private final Path secrets;

  /**
   * Reads from the given places.
   *
   * @param environment the process' environment
   * @param properties gives a framework or system property, or null
   * @param secrets the folder that holds a file for each secret
   */
  public HostPlaceholders(
      Map<String, String> environment,
      Function<String, @Nullable String> properties,
      Path secrets) {
    this.environment = environment;
    this.properties = properties;
    this.secrets = secrets;
  }

  @Override
  public String find(Placeholder placeholder) throws UnresolvedPlaceholderException {
    return switch (placeholder.kind()) {
      case ENV -> given(placeholder, environment.get(placeholder.name()), "environment variable");
      case PROP -> given(placeholder, properties.apply(placeholder.name()), "property");
      case SECRET -> secret(placeholder);
    };
  }

  private static String given(Placeholder placeholder, @Nullable String text, String what)
      throws UnresolvedPlaceholderException {
    if (text == null) {
      throw new UnresolvedPlaceholderException(placeholder, "the " + what + " is not set");
    }
    if (text.isEmpty()) {
      throw new UnresolvedPlaceholderException(placeholder, "the " + what + " is empty");
    }
    return text;
  }

  private String secret(Placeholder placeholder) throws UnresolvedPlaceholderException {
    Path file = secrets.resolve(placeholder.name());
    String text;
    try {
      if (Files.size(file) > MAX_SECRET_BYTES) {
        throw new UnresolvedPlaceholderException(placeholder, file + " is too large for a secret");
      }
      text = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      throw new UnresolvedPlaceholderException(
          placeholder, "there is no file " + file + nearest(placeholder.name()));
    } catch (AccessDeniedException e) {
      throw new UnresolvedPlaceholderException(placeholder, file + " may not be read");
    } catch (CharacterCodingException e) {
      throw new UnresolvedPlaceholderException(placeholder, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UnresolvedPlaceholderException(placeholder, file + " cannot be read");
    }
    if (text.isEmpty()) {
      throw new UnresolvedPlaceholderException(placeholder, file + " is empty");
    }
    return text;
  }

  private String nearest(String name) {
    try (Stream<Path> files = Files.list(secrets)) {
      String near =
          NearestName.of(name, files.map(file -> file.getFileName().toString()).sorted().toList());
      return near == null ? "" : "; did you mean '" + near + "'?";
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }
}
