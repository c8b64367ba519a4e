package io.bindery.mybatis.internal.reading;

import io.bindery.bind.RowBytes;
import java.sql.ResultSet;

/**
 * A result whose rows are the values of their columns and nothing more.
 *
 * @param rows the result, before its first row
 * @param bytes the bytes of its rows
 * @param constructor how a row becomes an object, for who wants one
 */
public record PlainRows(ResultSet rows, RowBytes bytes, ConstructorPlan constructor) {}
