package io.bindery.models.shop;

import io.bindery.model.BindFilter;
import io.bindery.model.Model;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Orders, on every bind with the role shop. */
@Component
@BindFilter("(label.role=shop)")
public final class ShopModel implements Model {
  @Override
  public List<Class<?>> mappers() {
    return List.of(OrderMapper.class);
  }
}
