package io.bindery.models.sakila;

import io.bindery.model.BindFilter;
import io.bindery.model.Model;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The sources of the bind sakila. */
@Component
@BindFilter("(bind.key=sakila)")
public final class SakilaModel implements Model {
  @Override
  public List<Class<?>> mappers() {
    return List.of(SalesMapper.class);
  }
}
