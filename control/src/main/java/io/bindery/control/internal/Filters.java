package io.bindery.control.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Component;

/** Commands to put behind a {@code |}. */
@Component(
    service = Filters.class,
    property = {
      "osgi.command.scope=text",
      "osgi.command.function=echo",
      "osgi.command.function=grep",
      "osgi.command.function=head"
    })
public final class Filters {
  /** Prints its words. */
  @Descriptor("print words")
  public void echo(@Descriptor("words") String... words) {
    System.out.println(String.join(" ", words));
  }

  /** Prints the lines of its input that match. */
  @Descriptor("print the lines of the input that match")
  public void grep(
      @Descriptor("ignore case")
          @Parameter(
              names = {"-i", "--ignore-case"},
              presentValue = "true",
              absentValue = "false")
          boolean ignoreCase,
      @Descriptor("print the lines that do not match")
          @Parameter(
              names = {"-v", "--invert"},
              presentValue = "true",
              absentValue = "false")
          boolean invert,
      @Descriptor("regular expression") String expression)
      throws IOException {
    Pattern pattern = Pattern.compile(expression, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    Predicate<String> matches = pattern.asPredicate();
    copy(invert ? matches.negate() : matches, Long.MAX_VALUE);
  }

  /** Prints the first lines of its input. */
  @Descriptor("print the first lines of the input")
  public void head(
      @Descriptor("how many lines")
          @Parameter(
              names = {"-n"},
              absentValue = "10")
          long lines)
      throws IOException {
    copy(line -> true, lines);
  }

  private static void copy(Predicate<String> wanted, long most) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = System.out;
    long left = most;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      // reads on when it has enough, so that the command before it can end
      if (left > 0 && wanted.test(line)) {
        out.println(line);
        left--;
      }
    }
  }
}
