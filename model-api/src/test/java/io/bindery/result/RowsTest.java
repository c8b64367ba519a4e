package io.bindery.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The numbers in the names are those of Flask-SQLAlchemy's cases. */
class RowsTest {
  @Test
  void case46_aRowByItsKeyOrNotFound() {
    assertThat(Rows.found("Ada", "customer 1")).isEqualTo("Ada");
    assertThat(Rows.found(Optional.of("Ada"), "customer 1")).isEqualTo("Ada");
    assertThatThrownBy(() -> Rows.found((String) null, "customer 7"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("customer 7: not found");
    assertThatThrownBy(() -> Rows.found(Optional.empty(), "customer 7"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void case48_theFirstRowOrNotFound() {
    assertThat(Rows.first(List.of("Ada", "Bo"), "the newest customer")).isEqualTo("Ada");
    assertThatThrownBy(() -> Rows.first(List.of(), "the newest customer"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("the newest customer: not found");
  }

  @Test
  void case49_exactlyOneRowOrAnError() {
    assertThat(Rows.one(List.of("Ada"), "customer 'ada'")).isEqualTo("Ada");
    assertThatThrownBy(() -> Rows.one(List.of(), "customer 'ada'"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> Rows.one(List.of("Ada", "Bo"), "customer 'ada'"))
        .isInstanceOf(BinderyException.class)
        .isNotInstanceOf(NotFoundException.class)
        .hasMessage(
            "customer 'ada': more than one row was found; the condition must name exactly one");
  }
}
