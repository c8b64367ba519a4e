package demo;

public record Item(int id, String name) {}
