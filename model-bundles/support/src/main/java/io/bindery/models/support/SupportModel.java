package io.bindery.models.support;

import io.bindery.model.BindFilter;
import io.bindery.model.Model;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Tickets, on every bind with the role support. */
@Component
@BindFilter("(label.role=support)")
public final class SupportModel implements Model {
  @Override
  public List<Class<?>> mappers() {
    return List.of(TicketMapper.class);
  }
}
