package io.bindery.itests;

import java.util.ArrayList;
import java.util.List;

/** Bind files that must be refused, with a password in every place where somebody might put one. */
final class RejectedConfigurations {
  private static final String GOOD = "url = mysql://u@127.0.0.1:1/d\n";

  /** The snowman stands for the password. */
  private static final List<String> FILES =
      List.of(
          "url = mysql:/u:☃@127.0.0.1/d",
          "url = mysql//u:☃@127.0.0.1:1/d",
          "url = u:☃@127.0.0.1/d",
          "url = mysql://u:☃@127.0.0.1:x/d",
          "url = mysql://u:☃@[::1/d",
          "url = mysql://u:☃@127.0.0.1:1:2/d",
          "url = mysql://u:☃@127.0.0.1:1/d?bogus_parameter=1",
          "url = mysql://127.0.0.1:1/d?password=☃&password=☃",
          "url = mysql://127.0.0.1:1/d?passwd=☃&bogus_parameter=1",
          "url = \"mysql://u:☃@127.0.0.1/d\"",
          "url = <mysql://u:☃@127.0.0.1/d>",
          "url = jdbc:mysql://127.0.0.1:1/d?user=u&password=☃&bogusParameter=1\nport = 1",
          "url = jdbc:mysql://u:☃@127.0.0.1:1/d?bogusParameter=1\nport = 1",
          "url = jdbc:mysql://address=(host=127.0.0.1)(port=x)(user=u)(password=☃)/d\nport = 1",
          "url = jdbc:oracle:thin:u/☃@127.0.0.1:1:d",
          "url = jdbc:sqlserver://127.0.0.1;user=u;password=☃",
          "url = nosuchdb://u:☃@127.0.0.1/d",
          "url = mysql://u:☃@127.0.0.1:1/d\nurl = mysql://u:☃@127.0.0.1:2/d",
          "url mysql://u:☃@127.0.0.1:1/d\nbogus",
          "url = $[env:NOT_SET]\n.password = ☃",
          ".password = ☃\ntype = nosuchtype",
          GOOD + ".password = ☃\npool.maximumPoolSize = lots",
          GOOD + "password = ☃",
          GOOD + "passwort = ☃",
          GOOD + ".password = ☃\n.password = ☃",
          GOOD + ".password = ☃\n.Password = ☃",
          GOOD + ".password = $[env:NOT_SET]☃",
          GOOD + ".password = ☃$[secret:none]",
          GOOD + "pool.password = ☃",
          GOOD + "pool.dataSourceProperties = password=☃",
          GOOD + "drain.timeout = -1\n.password = ☃",
          GOOD + ".password = ☃\n\\u12 = x",
          "type = mysql\nport = lots\ndriver.trustCertificateKeyStorePassword = ☃",
          "type = mysql\nport = 99999999\ndriver.password = ☃");

  /** M stands for the mark, so that each piece of a password that is cut wrongly holds it. */
  private static final List<String> PASSWORDS =
      List.of(
          "M",
          "M@M",
          "M/M",
          "M:M",
          "M#M",
          "M?M",
          "M%zzM",
          "M%40M",
          "M M",
          "M&M",
          "$[M",
          "${M}",
          "[M]",
          "M\u00e9M",
          "M=x;M");

  private RejectedConfigurations() {}

  /** As many files as there are, each by its content. */
  static List<String> with(String mark) {
    List<String> files = new ArrayList<>();
    for (String file : FILES) {
      for (String password : PASSWORDS) {
        files.add(file.replace("☃", password.replace("M", mark)));
      }
    }
    return files;
  }
}
