package io.bindery.bind.mysql.internal;

import java.security.GeneralSecurityException;

/** A PEM file that cannot be used; the message names the setting, the file and the remedy. */
final class PemException extends GeneralSecurityException {
  private static final long serialVersionUID = 1L;

  /** Without a cause: the innermost one is what people are shown. */
  PemException(String setting, Object file, String why) {
    super("%s: '%s' %s".formatted(setting, file, why));
  }
}
