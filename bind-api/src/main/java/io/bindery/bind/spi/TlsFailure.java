package io.bindery.bind.spi;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.function.Predicate;

/** What is wrong with a server's certificate, by what the JDK and drivers say of it. */
public enum TlsFailure {
  /** It is good, but for another host. */
  WRONG_HOST(
      "the server's certificate is for another host: give host as the certificate names it, or"
          + " have one issued for this name"),
  /** It is too old, or this machine's clock is wrong. */
  EXPIRED("the server's certificate is out of date: renew it, or set this machine's clock"),
  /** It comes from an authority that is not trusted here. */
  UNTRUSTED("the server's certificate comes from an authority that is not trusted here"),
  /** Something else. */
  OTHER("");

  private static final int DEEPEST = 20;

  private final String remedy;

  TlsFailure(String remedy) {
    this.remedy = remedy;
  }

  /** What a person can do, without a full stop; the type adds which of its settings it is about. */
  public String remedy() {
    return remedy;
  }

  /**
   * What an error means that is about TLS.
   *
   * @param failure what a driver threw
   */
  public static TlsFailure of(Throwable failure) {
    if (any(failure, TlsFailure::isAboutTheHost)) {
      return WRONG_HOST;
    }
    if (any(
        failure,
        each ->
            each instanceof CertificateExpiredException
                || each instanceof CertificateNotYetValidException)) {
      return EXPIRED;
    }
    boolean untrusted =
        any(
            failure,
            each ->
                each instanceof CertPathValidatorException
                    || each instanceof CertPathBuilderException);
    return untrusted ? UNTRUSTED : OTHER;
  }

  /** MySQL Connector/J's words, pgjdbc's, and the JDK's own. */
  private static boolean isAboutTheHost(Throwable each) {
    String said = String.valueOf(each.getMessage());
    return said.contains("Server identity verification failed")
        || said.contains("could not be verified by hostnameverifier")
        || said.contains("No subject alternative")
        || said.contains("No name matching");
  }

  private static boolean any(Throwable failure, Predicate<Throwable> test) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (test.test(each)) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }
}
