package io.bindery.models.crm.internal;

import io.bindery.model.BindFilter;
import io.bindery.model.Model;
import io.bindery.models.crm.CustomerMapper;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Customers, on every bind with the role crm. */
@Component
@BindFilter("(label.role=crm)")
public final class CrmModel implements Model {
  @Override
  public List<Class<?>> mappers() {
    return List.of(CustomerMapper.class);
  }
}
