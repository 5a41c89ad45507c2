# backend/app/monitoring/decorators.py

import time
import functools
import logging
from typing import Optional, Callable, Any
from .healthchecks_client import healthchecks

logger = logging.getLogger(__name__)

def monitor_task(check_id: Optional[str] = None,
                 check_name: Optional[str] = None,
                 auto_start: bool = True):
    """
    Décorateur pour monitorer l'exécution d'une tâche

    Args:
        check_id: UUID du check Healthchecks
        check_name: Nom pour créer automatiquement le check
        auto_start: Envoyer un ping /start au début

    Usage:
        @monitor_task(check_id='abc-123-def')
        def my_task():
            pass

        @monitor_task(check_name='my-scheduled-task')
        def my_scheduled_task():
            pass
    """
    def decorator(func: Callable) -> Callable:
        @functools.wraps(func)
        def wrapper(*args, **kwargs) -> Any:
            # Résoudre le check_id
            actual_check_id = check_id
            if not actual_check_id and check_name:
                # Tenter de créer ou récupérer le check
                checks = healthchecks.list_checks(tag=check_name)
                if checks:
                    actual_check_id = checks[0].get('ping_url', '').split('/')[-1]
                else:
                    check = healthchecks.create_check(
                        name=check_name,
                        tags=f'auto-created {func.__name__}',
                        schedule='* * * * *'  # Par défaut, à ajuster
                    )
                    if check:
                        actual_check_id = check.get('ping_url', '').split('/')[-1]

            if not actual_check_id:
                logger.warning(f"No check_id for monitoring {func.__name__}")
                return func(*args, **kwargs)

            # Signaler le début si demandé
            if auto_start:
                healthchecks.ping_start(actual_check_id)

            start_time = time.time()
            try:
                # Exécuter la fonction
                result = func(*args, **kwargs)

                # Signaler le succès
                execution_time = time.time() - start_time
                healthchecks.ping_success(actual_check_id)
                logger.info(f"Task {func.__name__} completed in {execution_time:.2f}s")

                return result

            except Exception as e:
                # Signaler l'échec
                execution_time = time.time() - start_time
                healthchecks.ping_fail(actual_check_id)
                logger.error(f"Task {func.__name__} failed after {execution_time:.2f}s: {str(e)}")
                raise

        return wrapper
    return decorator

def monitor_endpoint(check_id: Optional[str] = None,
                    check_name: Optional[str] = None):
    """
    Décorateur pour monitorer un endpoint Flask

    Usage:
        @app.route('/api/critical')
        @monitor_endpoint(check_name='critical-api-endpoint')
        def critical_endpoint():
            pass
    """
    def decorator(func: Callable) -> Callable:
        @functools.wraps(func)
        def wrapper(*args, **kwargs) -> Any:
            # Similaire à monitor_task mais adapté pour Flask
            actual_check_id = check_id
            if not actual_check_id and check_name:
                checks = healthchecks.list_checks(tag=check_name)
                if checks:
                    actual_check_id = checks[0].get('ping_url', '').split('/')[-1]

            if actual_check_id:
                try:
                    result = func(*args, **kwargs)
                    healthchecks.ping_success(actual_check_id)
                    return result
                except Exception as e:
                    healthchecks.ping_fail(actual_check_id)
                    raise

            return func(*args, **kwargs)

        return wrapper
    return decorator
