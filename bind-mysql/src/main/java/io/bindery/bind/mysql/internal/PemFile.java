package io.bindery.bind.mysql.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and a private key as OpenSSL writes them (RFC 7468). */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** Version 0, and the name of RSA without parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private final String setting;
  private final Path file;
  private final List<Block> blocks = new ArrayList<>();

  private record Block(String label, byte[] content) {}

  /**
   * Reads a file.
   *
   * @param setting which names it, for messages
   * @throws PemException when it cannot be read or is none
   */
  PemFile(String setting, String file) throws PemException {
    this.setting = setting;
    this.file = Path.of(file);
    Matcher block = BLOCK.matcher(text());
    while (block.find()) {
      // the older way to say so is a header within
      boolean encrypted = block.group(2).contains("Proc-Type");
      blocks.add(
          encrypted
              ? new Block(ENCRYPTED, new byte[0])
              : new Block(block.group(1), decoded(block.group(2))));
    }
  }

  private byte[] decoded(String base64) throws PemException {
    try {
      return Base64.getMimeDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw unusable("is cut off or damaged: make it anew");
    }
  }

  private String text() throws PemException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw unusable("is not there");
    } catch (IOException e) {
      throw unusable("cannot be read: let the host's user read it (" + e.getMessage() + ")");
    }
  }

  /** All certificates, at least one. */
  List<X509Certificate> certificates() throws PemException {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
        found.add(certificate(block.content));
      }
    }
    if (found.isEmpty()) {
      throw unusable("holds no certificate: it must have BEGIN CERTIFICATE in it");
    }
    return found;
  }

  private X509Certificate certificate(byte[] content) throws PemException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(content));
    } catch (CertificateException e) {
      throw unusable("holds a damaged certificate: make it anew");
    }
  }

  /** The first private key. */
  PrivateKey key() throws PemException {
    for (Block block : blocks) {
      switch (block.label) {
        case "PRIVATE KEY":
          return key(block.content);
        case "RSA PRIVATE KEY":
          return key(wrapped(block.content));
        case ENCRYPTED:
          throw encrypted();
        case "EC PRIVATE KEY", "DSA PRIVATE KEY":
          throw unusable(
              "holds a key of an old form: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        default:
          break;
      }
    }
    throw unusable("holds no private key: it must have BEGIN PRIVATE KEY in it");
  }

  private PrivateKey key(byte[] pkcs8) throws PemException {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // another one
      } catch (GeneralSecurityException e) {
        throw unusable("holds a key that this Java cannot read");
      }
    }
    throw unusable("holds a damaged key, or one that is neither RSA, EC nor Ed25519");
  }

  /** RSA's own form (PKCS #1) in that of all algorithms (PKCS #8). */
  private static byte[] wrapped(byte[] pkcs1) {
    byte[] key = der(0x04, pkcs1);
    return der(0x30, ByteBuffer.allocate(RSA.length + key.length).put(RSA).put(key).array());
  }

  /** ASN.1: a tag, the length in two bytes, the content. */
  private static byte[] der(int tag, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) tag)
        .put((byte) 0x82)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private PemException encrypted() {
    return unusable(
        "is encrypted: decrypt it (openssl pkey -in OLD -out NEW; chmod 600 NEW), or make a key"
            + " store and give driver.clientCertificateKeyStoreUrl");
  }

  PemException unusable(String why) {
    return new PemException(setting, file, why);
  }
}
