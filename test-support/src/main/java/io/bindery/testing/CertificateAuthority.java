package io.bindery.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates that are good for a day, in files as servers and clients read them. */
public final class CertificateAuthority {
  private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /** An authority that nobody trusts yet. */
  public CertificateAuthority(String commonName) {
    this.name = new X500Name("CN=" + commonName);
    this.keys = newKeys();
    this.certificate = sign(name, keys, true);
  }

  /** A certificate with its key. */
  public record Issued(X509Certificate certificate, Key key) {
    /** Writes the certificate as PEM. */
    public Path certificateTo(Path file) {
      return write(file, pem("CERTIFICATE", encoded(certificate)));
    }

    /** Writes the private key as unencrypted PKCS #8 PEM that nobody else may read. */
    public Path keyTo(Path file) {
      try {
        Files.deleteIfExists(file);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make '" + file + "'", e);
      }
      return write(file, pem("PRIVATE KEY", key.getEncoded()));
    }

    /** Writes both as a PKCS #12 key store, under the alias that PostgreSQL's driver looks for. */
    public Path keyStoreTo(Path file, String password) {
      return store(
          file,
          password,
          store ->
              store.setKeyEntry(
                  "user", key, password.toCharArray(), new X509Certificate[] {certificate}));
    }
  }

  /**
   * Issues a certificate.
   *
   * @param commonName whom it is for
   * @param hosts the names, or IPv4 addresses, of the servers that may show it
   */
  public Issued issue(String commonName, String... hosts) {
    KeyPair own = newKeys();
    return new Issued(sign(new X500Name("CN=" + commonName), own, false, hosts), own.getPrivate());
  }

  /** Writes the authority's own certificate as PEM. */
  public Path certificateTo(Path file) {
    return write(file, pem("CERTIFICATE", encoded(certificate)));
  }

  /** Writes the authority's own certificate as a PKCS #12 trust store. */
  public Path trustStoreTo(Path file, String password) {
    return store(file, password, store -> store.setCertificateEntry("ca", certificate));
  }

  private X509Certificate sign(X500Name subject, KeyPair own, boolean authority, String... hosts) {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            own.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (hosts.length > 0) {
        GeneralName[] names =
            Arrays.stream(hosts).map(CertificateAuthority::name).toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      X509CertificateHolder holder =
          builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot issue a certificate", e);
    }
  }

  private static GeneralName name(String host) {
    boolean address = host.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no RSA keys", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encode a certificate", e);
    }
  }

  private static String pem(String label, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write '" + file + "'", e);
    }
  }

  private interface Filler {
    void fill(KeyStore store) throws GeneralSecurityException;
  }

  private static Path store(Path file, String password, Filler filler) {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      filler.fill(store);
      store.store(out, password.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write '" + file + "'", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make '" + file + "'", e);
    }
  }
}
