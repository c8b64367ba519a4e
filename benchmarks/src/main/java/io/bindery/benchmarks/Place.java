package io.bindery.benchmarks;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A database.
 *
 * @param url with user and password, as a bind has it
 */
public record Place(String url) {
  private URI uri() {
    return URI.create(url);
  }

  /** The URL for the driver, without user and password. */
  public String jdbcUrl() {
    int port = uri().getPort();
    return "jdbc:mysql://" + uri().getHost() + ":" + (port < 0 ? 3306 : port) + uri().getPath();
  }

  /** The user. */
  public String user() {
    return part(0);
  }

  /** The password, "" without one. */
  public String password() {
    return part(1);
  }

  private String part(int index) {
    String[] parts = String.valueOf(uri().getRawUserInfo()).split(":", 2);
    return index < parts.length ? URLDecoder.decode(parts[index], StandardCharsets.UTF_8) : "";
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return jdbcUrl();
  }
}
