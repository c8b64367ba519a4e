package io.bindery.mybatis.internal.seat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRuleTest {
  @Test
  void withoutAFilterTheBindIsTheDefaultOne() {
    assertThat(FilterRule.of(null).text()).isEqualTo("(bind.key=default)");
    assertThat(FilterRule.of(null).problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(bind.state=up)",
        "(&(label.role=crm)(!( bind.state =down)))",
        "(BIND.REASON=*)",
        "(bind.generation>=2)"
      })
  void whatABindIsDoingMayNotChooseIt(String filter) {
    assertThat(FilterRule.of(filter).problem())
        .contains("changes while a bind works; choose by bind.key, bind.type or label.*");
    assertThat(FilterRule.of(filter).filter()).isNull();
  }

  @Test
  void aValueMayLookLikeAForbiddenName() {
    assertThat(FilterRule.of("(label.note=\\(bind.state=up\\))").problem()).isNull();
  }

  @Test
  void aFilterThatIsNoneIsShown() {
    assertThat(FilterRule.of("label.role=crm").problem())
        .startsWith("bind.filter 'label.role=crm' is no filter:")
        .endsWith("write one like (bind.key=crm) or (label.role=crm)");
    assertThat(FilterRule.of(7).problem()).isEqualTo("bind.filter is no text but a Integer");
  }
}
