package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static CommandLine parse(String... arguments) {
    return CommandLine.parse(List.of(arguments));
  }

  @Test
  void optionsStandBeforeOrAfterTheCommand() {
    Map<String, String> options = Map.of("home", "/h", "profile", "p");

    assertThat(parse("--home", "/h", "run", "--profile=p").options()).isEqualTo(options);
    assertThat(parse("run", "--home=/h", "--profile", "p").options()).isEqualTo(options);
  }

  @Test
  void whatFollowsTheFirstWordOfExecIsNotLookedAt() {
    CommandLine line =
        parse("exec", "--home", "/h", "bind:add", "--home", "-x", "", "--", "--help");

    assertThat(line.options()).containsExactly(Map.entry("home", "/h"));
    assertThat(line.words()).containsExactly("bind:add", "--home", "-x", "", "--", "--help");
  }

  @Test
  void twoDashesEndTheOptions() {
    assertThat(parse("exec", "--", "--strange").words()).containsExactly("--strange");
  }

  @Test
  void nothingTypedIsNoCommand() {
    assertThat(parse().command()).isNull();
  }

  @Test
  void helpIsNeverWrong() {
    assertThat(parse("run", "--help").command()).isEqualTo("help");
    assertThat(parse("help", "exec").command()).isEqualTo("help");
  }

  @Test
  void aCommandOfTheHostIsTakenForAForgottenExec() {
    assertThatThrownBy(() -> parse("bind:list"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("bindery exec bind:list");
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> parse("--hme", "/h", "run")).hasMessageContaining("'--hme'");
    assertThatThrownBy(() -> parse("run", "--home")).hasMessageContaining("a value must follow");
    assertThatThrownBy(() -> parse("run", "--home=")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> parse("run", "--home=a", "--home=b")).hasMessageContaining("twice");
    assertThatThrownBy(() -> parse("status", "--profile", "p"))
        .hasMessageContaining("belongs to the command run");
  }

  @Test
  void wordsBelongToExecOnly() {
    assertThatThrownBy(() -> parse("exec")).hasMessageContaining("a command must follow");
    assertThatThrownBy(() -> parse("stop", "now")).hasMessageContaining("takes no words");
  }
}
