package ${package};

import io.bindery.model.BindFilter;
import io.bindery.model.Model;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Items, on every bind that the filter matches. */
@Component
@BindFilter("${bindFilter}")
public final class ItemModel implements Model {
  @Override
  public List<Class<?>> mappers() {
    return List.of(ItemMapper.class);
  }
}
