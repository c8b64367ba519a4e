package io.bindery.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void aTypingErrorFindsTheNameThatWasMeant() {
    assertThat(NearestName.of("custmers", List.of("orders", "customers"))).isEqualTo("customers");
    assertThat(NearestName.of("hsop", List.of("crm", "shop"))).isEqualTo("shop");
    assertThat(NearestName.of("CRM", List.of("shop", "crm"))).isEqualTo("crm");
    assertThat(NearestName.of("crn", List.of("shop", "crm", "default"))).isEqualTo("crm");
  }

  @Test
  void aBeginningFindsTheWholeName() {
    assertThat(NearestName.of("aggr", List.of("bind", "aggregate"))).isEqualTo("aggregate");
  }

  @Test
  void whatIsFarFromEverythingFindsNothing() {
    assertThat(NearestName.of("xyz", List.of("shop", "crm"))).isNull();
    assertThat(NearestName.of("crm", List.of())).isNull();
  }
}
