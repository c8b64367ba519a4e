package io.bindery.drops.internal;

import io.bindery.error.MessageText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a configuration file says.
 *
 * @param servicePid the PID of a singleton, or the factory PID
 * @param name the name of one configuration of a factory, or null for a singleton
 */
record ConfigurationName(String servicePid, @Nullable String name) {
  static final String SUFFIX = ".cfg";
  private static final Pattern PID = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}._+@-]{1,200}");

  /**
   * Takes a file name apart at its first hyphen.
   *
   * @param fileName a name that ends in {@code .cfg}
   * @throws IllegalArgumentException saying what is wrong with the name and how it should be
   */
  static ConfigurationName ofFile(String fileName) {
    String stem = fileName.substring(0, fileName.length() - SUFFIX.length());
    int tilde = stem.indexOf('~');
    if (tilde > 0 && stem.indexOf('-') != tilde) {
      throw new IllegalArgumentException(
          "misnamed: a hyphen, not '~', parts PID and name in a file name; rename it to '"
              + stem.substring(0, tilde)
              + '-'
              + stem.substring(tilde + 1)
              + SUFFIX
              + "'");
    }
    int hyphen = stem.indexOf('-');
    return hyphen < 0
        ? new ConfigurationName(checkedPid(stem), null)
        : ofFactory(stem.substring(0, hyphen), stem.substring(hyphen + 1));
  }

  /**
   * The name of one configuration of a factory.
   *
   * @throws IllegalArgumentException when either cannot stand in a file name
   */
  static ConfigurationName ofFactory(String factoryPid, String name) {
    checkedPid(factoryPid);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "misnamed: '"
              + printable(name)
              + "' after the first hyphen cannot be a configuration's name; use letters, digits,"
              + " '.', '_' and '-', as in '"
              + factoryPid
              + "-NAME.cfg'");
    }
    return new ConfigurationName(factoryPid, name);
  }

  private static String checkedPid(String pid) {
    if (!PID.matcher(pid).matches()) {
      throw new IllegalArgumentException(
          "misnamed: '"
              + printable(pid)
              + "' cannot be a PID; use words of letters, digits and '_' parted by dots, as in"
              + " 'bindery.bind-NAME.cfg'");
    }
    return pid;
  }

  private static String printable(String text) {
    return MessageText.of(text, 100);
  }

  /** The PID that ConfigAdmin knows the configuration by. */
  String pid() {
    return name == null ? servicePid : servicePid + '~' + name;
  }

  String fileName() {
    return (name == null ? servicePid : servicePid + '-' + name) + SUFFIX;
  }

  /** Equal for names that differ by case or Unicode normalisation only. */
  String folded() {
    return Normalizer.normalize(pid(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
