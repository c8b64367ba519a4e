package io.bindery.control.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final Set<String> COMMANDS =
      Set.of("bind:list", "bind:show", "felix:lb", "felix:ls");

  private static Failure failure(Throwable thrown) {
    return Failure.of(thrown, COMMANDS);
  }

  @Test
  void aMistypedCommandNamesTheNearest() {
    assertThat(failure(new CommandNotFoundException("bind:lst")))
        .isEqualTo(new Failure("unknown command 'bind:lst' (did you mean bind:list?)", true));
    assertThat(failure(new CommandNotFoundException("bind:lsit")).message())
        .contains("did you mean bind:list?");
    assertThat(failure(new UnknownCommandException("shwo")).message())
        .contains("did you mean bind:show?");
  }

  @Test
  void aCommandLikeNoneNamesHelp() {
    assertThat(failure(new CommandNotFoundException("frobnicate")).message())
        .isEqualTo("unknown command 'frobnicate' ('help' lists all)");
  }

  @Test
  void wrappersAreTakenOffButTheMessageOfTheCommandStays() {
    Exception command =
        new IllegalStateException(
            "bind 'crm': cannot connect", new IllegalArgumentException("Connection refused"));
    Exception wrapped = new ExecutionException(new InvocationTargetException(command));

    assertThat(failure(wrapped)).isEqualTo(new Failure("bind 'crm': cannot connect", false));
  }

  @Test
  void severalLinesBecomeOne() {
    assertThat(failure(new IllegalStateException("a\n  b\r\nc")).message()).isEqualTo("a; b; c");
  }

  @Test
  void wrongArgumentsAreUsage() {
    Failure failure =
        failure(
            new IllegalArgumentException(
                "Cannot coerce lb(String, String) to any of [(boolean, String)]"));

    assertThat(failure.isUsage()).isTrue();
    assertThat(failure.message())
        .startsWith("command 'lb': wrong arguments: takes (boolean, String), was given (String,");
  }

  @Test
  void aFaultWithoutMessageIsNamedByItsKind() {
    assertThat(failure(new NullPointerException()).message()).isEqualTo("NullPointerException");
    assertThat(failure(new ExecutionException(new StackOverflowError())).message())
        .isEqualTo("StackOverflowError");
  }
}
