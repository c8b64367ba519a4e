package io.bindery.bind.mysql.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * PEM files as the key stores that the driver reads: in a folder that only this user can enter,
 * under a password that nobody is told.
 */
final class PemStores implements AutoCloseable {
  static final String AUTHORITY = "ssl_ca";
  static final String CERTIFICATE = "ssl_cert";
  static final String KEY = "ssl_key";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, String> settings = new HashMap<>();
  private final String password;
  private final Path folder;

  private PemStores() throws IOException {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    password = HexFormat.of().formatHex(random);
    folder =
        Files.createTempDirectory(
            "bindery-tls-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Makes the key stores.
   *
   * @param files PEM files by {@link #AUTHORITY}, {@link #CERTIFICATE} and {@link #KEY}
   * @throws PemException when one cannot be used
   */
  static PemStores of(Map<String, String> files) throws IOException, GeneralSecurityException {
    PemStores stores = new PemStores();
    try {
      String authority = files.get(AUTHORITY);
      if (authority != null) {
        stores.trust(new PemFile(AUTHORITY, authority).certificates());
      }
      String certificate = files.get(CERTIFICATE);
      if (certificate != null) {
        // OpenSSL's clients take both from one file
        stores.show(
            new PemFile(CERTIFICATE, certificate),
            new PemFile(KEY, files.getOrDefault(KEY, certificate)));
      }
      return stores;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  /** What the driver is told. */
  Map<String, String> settings() {
    return settings;
  }

  private void trust(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (X509Certificate each : authorities) {
      store.setCertificateEntry("ca" + store.size(), each);
    }
    write(store, "trust");
  }

  private void show(PemFile certificate, PemFile key) throws IOException, GeneralSecurityException {
    X509Certificate[] chain = certificate.certificates().toArray(X509Certificate[]::new);
    PrivateKey own = key.key();
    if (!belongTogether(chain[0], own)) {
      throw key.unusable("is not the key of " + CERTIFICATE);
    }
    KeyStore store = empty();
    store.setKeyEntry("own", own, password.toCharArray(), chain);
    write(store, "client");
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    byte[] text = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(text);
    return signature.verify(signed);
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** The driver calls them trustCertificateKeyStore... and clientCertificateKeyStore... */
  private void write(KeyStore store, String use) throws IOException, GeneralSecurityException {
    Path file = folder.resolve(use);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    settings.put(use + "CertificateKeyStoreUrl", file.toUri().toString());
    settings.put(use + "CertificateKeyStoreType", "PKCS12");
    settings.put(use + "CertificateKeyStorePassword", password);
  }

  @Override
  public void close() {
    for (String name : List.of("trust", "client", "")) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        // the system's own cleaning of temporary files is left, and nobody knows the password
      }
    }
  }
}
