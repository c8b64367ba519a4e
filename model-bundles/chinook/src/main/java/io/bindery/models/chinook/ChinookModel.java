package io.bindery.models.chinook;

import io.bindery.model.BindFilter;
import io.bindery.model.Model;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The sources of the bind chinook. */
@Component
@BindFilter("(bind.key=chinook)")
public final class ChinookModel implements Model {
  @Override
  public List<Class<?>> mappers() {
    return List.of(SalesMapper.class);
  }
}
