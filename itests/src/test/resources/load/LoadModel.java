package demo;
@org.osgi.service.component.annotations.Component
@io.bindery.model.BindFilter("(bind.key=main)")
public final class LoadModel implements io.bindery.model.Model {
  @Override public java.util.List<Class<?>> mappers() {
    return java.util.List.of(ItemMapper.class);
  }
}
