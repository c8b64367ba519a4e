package io.bindery.bind.spi;

/** A text that must never be printed. Two secrets are equal when their texts are. */
public final class Secret {
  /** What stands in place of a secret wherever people read. */
  public static final String REDACTED = "[REDACTED]";

  private final String text;

  /**
   * Wraps a text.
   *
   * @param text the secret itself
   */
  public Secret(String text) {
    this.text = text;
  }

  /** The secret itself, for the driver alone. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Always {@link #REDACTED}. */
  @Override
  public String toString() {
    return REDACTED;
  }
}
