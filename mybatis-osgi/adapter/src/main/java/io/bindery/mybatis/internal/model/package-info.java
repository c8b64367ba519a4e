/** What a model bundle holds: its mappers read, checked, and made callable. */
@NullMarked
package io.bindery.mybatis.internal.model;

import org.jspecify.annotations.NullMarked;
